{# What is wrong with exchanges, or between them and rosters (rules D361–D369). #}

with

stays as (
    select
        *,
        {{ parameter('exchange_open_years') }} as open_years
    from {{ ref('int_exchanges_described') }}
    where is_sender_registered
),

listed as (
    select * from {{ ref('int_roster_listings_placed') }}
),

duties as (
    select * from {{ ref('duty_statuses') }}
),

overlapping as (
    select
        later.*,
        earlier.to_code as other_code
    from stays as later
    inner join stays as earlier
        on later.teacher_key = earlier.teacher_key
            and (later.from_code, later.to_code) <> (earlier.from_code, earlier.to_code)
            and (later.start_date, later.to_code, later.from_code)
            > (earlier.start_date, earlier.to_code, earlier.from_code)
            and later.start_date <= coalesce(earlier.end_date, later.start_date)
    where later.is_counted and earlier.is_counted and later.school_year = earlier.school_year
),

staffed as (
    select
        school_year,
        school_code,
        count(distinct teacher_key) as teachers
    from listed
    where is_full_time
    group by school_year, school_code
),

sent as (
    select
        stays.school_year,
        stays.from_school as school_code,
        count(distinct stays.teacher_key) as exchanged,
        any_value(staffed.teachers) as teachers
    from stays
    inner join staffed on stays.school_year = staffed.school_year and stays.from_school = staffed.school_code
    where stays.is_counted
    group by stays.school_year, stays.from_school
),

unrecorded as (
    select
        listed.school_year,
        listed.site_code as school_code,
        count(*) as teachers
    from listed
    inner join duties on listed.duty_status = duties.duty_status and duties.is_exchange
    where (listed.school_year, listed.teacher_key) not in (select (stays.school_year, stays.teacher_key) from stays)
    group by listed.school_year, listed.site_code
),

present as (
    select
        listed.school_year,
        listed.site_code as school_code,
        count(*) as teachers
    from listed
    inner join duties on listed.duty_status = duties.duty_status and duties.is_counted
    where (listed.school_year, listed.teacher_key, listed.school_code) in (
            select (stays.school_year, stays.teacher_key, stays.from_school) from stays
            where stays.is_counted and stays.dataset = 'exchanges'
        )
    group by listed.school_year, listed.site_code
),

repeated as (
    select
        school_year,
        arg_min(from_code, start_date) as school_code,
        any_value(teacher_tail) as teacher_tail,
        teacher_key,
        string_agg(distinct file_name, '、' order by file_name) as files,
        count(distinct file_name) as file_count
    from stays
    where is_counted
    group by school_year, teacher_key
),

final as (
    {{ finding('D361', 'overlapping', 'true', school='from_code', dataset="'exchanges'", source=true,
        found='teacher_tail', expected='other_code', expected_code='other_code',
        subject_key='md5(teacher_key || other_code)') }}
    {% for rule_code, holds, expected in [
        ('D362', 'is_at_own_school', 'null'),
        ('D363', 'end_date < start_date', "start_date || '—' || end_date"),
        ('D364', 'listed_year is null and school_year in (select listed.school_year from listed)', 'null'),
        ('D366', 'end_date is null and start_date + to_months(cast(open_years * 12 as integer))'
            ~ ' < make_date(school_year, 9, 1)', 'cast(start_date as varchar)'),
    ] %}
    union all by name
    {{ finding(rule_code, 'stays', holds, school='from_code', dataset='dataset', source=true, found='teacher_tail',
        expected=expected, subject_key='teacher_key') }}
    {% endfor %}
    union all by name
    {{ finding('D365', 'sent', 'exchanged > teachers', dataset="'exchanges'", found=figure_text('exchanged'),
        expected=figure_text('teachers')) }}
    {% for rule_code, relation in {'D367': 'unrecorded', 'D368': 'present'}.items() %}
    union all by name
    {{ finding(rule_code, relation, 'true', dataset="'teachers'", found=figure_text('teachers')) }}
    {% endfor %}
    union all by name
    {{ finding('D369', 'repeated', 'file_count > 1', dataset="'exchanges'", found='teacher_tail', expected='files',
        subject_key='teacher_key') }}
)

select * from final
