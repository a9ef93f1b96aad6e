{#
    Every full-time teacher a roster counts, at the school that is counted, with the marks carried into R1–R3.
    Where exchanged teachers count is the parameter's business, as in `int_staff_listed`, which this adds up to.
#}

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

coming as (
    select * from {{ ref('int_exchange_coming_decided') }}
),

marked as (
    select
        teachers.*,
        sites.counted_code,
        case when teachers.education is not null then qualified.field is not null end as is_qualified,
        case when teachers.has_backbone_level then teachers.is_backbone end as is_known_backbone,
        case when teachers.has_subject then teachers.subject_field is not null end as is_pe_arts
    from teachers
    inner join sites on teachers.school_year = sites.school_year and teachers.school_code = sites.school_code
    left join qualified on teachers.stage = qualified.stage and teachers.education_field = qualified.field
),

final as (
    select
        marked.school_year,
        cast(row_number() over (
            partition by marked.school_year
            order by marked.counted_code, marked.stage, marked.joined_month, marked.teacher_tail, marked.teacher_key
        ) as integer) as ordinal,
        marked.counted_code as school_code,
        marked.stage,
        marked.teacher_tail,
        marked.subject,
        marked.duty_status,
        cast(date_trunc('month', marked.joined_month) as date) as joined_month,
        marked.is_qualified,
        marked.is_known_backbone as is_backbone,
        marked.is_pe_arts,
        coming.teacher_key is not null as is_pooled,
        coalesce(coming.is_eligible_next, false) as is_eligible_next,
        marked.is_exchanged
    from marked
    left join coming
        on marked.school_year = coming.school_year
            and marked.teacher_key = coming.teacher_key
            and marked.counted_code = coming.school_code
            and marked.stage = coming.stage
)

select * from final
