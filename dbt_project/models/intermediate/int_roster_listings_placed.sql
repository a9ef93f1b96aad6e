{#
    One row a teacher, year and listing school, at the school that is counted: what the exchange conditions and
    the profile of the staff ask of a roster.
#}

with

teachers as (
    select * from {{ ref('int_teachers_current') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

final as (
    select
        teachers.school_year,
        teachers.teacher_key,
        teachers.teacher_tail,
        teachers.school_code as site_code,
        sites.counted_code as school_code,
        teachers.stage,
        teachers.subject,
        case
            when teachers.subject is null then 'unknown'
            when teachers.subject_field is null then 'other'
            when teachers.subject_field = 'pe_teachers' then 'pe'
            else 'arts'
        end as subject_group,
        teachers.duty_status,
        teachers.birth_month,
        cast(date_trunc('month', teachers.joined_month) as date) as joined_month,
        teachers.has_certificate,
        teachers.certificate_subject,
        teachers.training_hours_5y,
        case when teachers.has_backbone_level then teachers.is_backbone end as is_backbone,
        teachers.stage in ('primary', 'junior') as is_compulsory,
        teachers.is_full_time,
        teachers.is_counted
    from teachers
    inner join sites on teachers.school_year = sites.school_year and teachers.school_code = sites.school_code
)

select * from final
