{# Each exam once: its name, its day, its school year (the day's; else the one stated; else the register's latest). #}

with

papers as (
    select * from {{ ref('stg_exam_papers') }}
),

scored as (
    select * from {{ ref('stg_exam_groups') }}
),

stated as (
    select
        exam_code,
        exam_name,
        exam_date,
        school_year,
        import_seq,
        true as is_described
    from papers
    union all
    select distinct
        exam_code,
        exam_name,
        exam_date,
        school_year,
        import_seq,
        false as is_described
    from scored
),

latest as (
    select max(school_year) as school_year from {{ ref('int_schools_registered') }}
),

said as (
    select
        exam_code,
        arg_max(exam_name, (is_described, import_seq)) filter (where exam_name is not null) as exam_name,
        arg_max(exam_date, (is_described, import_seq)) filter (where exam_date is not null) as exam_date,
        arg_max(school_year, (is_described, import_seq)) filter (where school_year is not null) as stated_year
    from stated
    group by exam_code
),

final as (
    select
        said.exam_code,
        coalesce(said.exam_name, said.exam_code) as exam_name,
        said.exam_date,
        cast(coalesce(
            year(said.exam_date) - case when month(said.exam_date) < 9 then 1 else 0 end,
            said.stated_year,
            latest.school_year,
            year(current_date)
        ) as integer) as school_year,
        said.exam_date is null and said.stated_year is null as is_undated
    from said
    cross join latest
)

select * from final
