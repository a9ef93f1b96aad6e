{# Full-time teachers a roster counts, by month of birth, subject and the marks carried into R1–R3 and B6–B8. #}

with

teachers as (
    select * from {{ ref('int_teachers_counted') }}
    where is_counted
        and stage in ('primary', 'junior')
        and place = {{ parameter('exchanged_teacher_counts_at', 'text_value') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

qualified as (
    select
        stage,
        field
    from {{ ref('measure_inputs') }}
    where measure = 'qualified_teachers'
),

marked as (
    select
        teachers.school_year,
        sites.counted_code as school_code,
        teachers.stage,
        cast(date_trunc('month', teachers.birth_month) as date) as birth_month,
        teachers.subject,
        case when teachers.education is not null then qualified.field is not null end as is_qualified,
        case when teachers.has_backbone_level then teachers.is_backbone end as is_backbone,
        case when teachers.has_subject then teachers.subject_field is not null end as is_pe_arts,
        case when teachers.has_title then teachers.is_mid_title end as is_mid_title
    from teachers
    inner join sites on teachers.school_year = sites.school_year and teachers.school_code = sites.school_code
    left join qualified on teachers.stage = qualified.stage and teachers.education_field = qualified.field
),

grouped as (
    select
        *,
        count(*) as teachers
    from marked
    group by all
),

final as (
    select
        school_year,
        school_code,
        stage,
        cast(row_number() over (
            partition by school_year, school_code, stage
            order by birth_month, subject, is_qualified, is_backbone, is_pe_arts, is_mid_title
        ) as integer) as ordinal,
        birth_month,
        subject,
        cast(teachers as integer) as teachers,
        is_qualified,
        is_backbone,
        is_pe_arts,
        is_mid_title
    from grouped
)

select * from final
